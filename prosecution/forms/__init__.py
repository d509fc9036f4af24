"""The forms of this app's acts."""
