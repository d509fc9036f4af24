"""The pages of this app, put into words for one reader."""
