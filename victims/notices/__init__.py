"""The written notices that the law asks for, as templates of typst; victims/notices/printing.py fills them."""
