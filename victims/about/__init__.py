"""What stands under "About this page" on the pages of this app, with where the rules come from."""
