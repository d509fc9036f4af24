"""The process that makes one PDF: source and data from standard input, the PDF to standard output. Started by core/pdf.py alone."""

import json
import resource
import sys
import tempfile

MEMORY, SECONDS, CANNOT_PRINT, FAILED = 2 * 1024**3, 15, 3, 1
NOT_IN_FONTS = "could not be displayed with font"


def main() -> int:
    """Make the PDF. Says by its exit what went wrong, and nothing in words."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import typst

    asked = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as empty:
        # No file may grow: the only place to write is standard output, which is a pipe.
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        try:
            pdf = typst.compile(
                asked["source"].encode(),
                root=empty,
                format="pdf",
                font_paths=[],
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
                package_path=empty,
                package_cache_path=empty,
                sys_inputs={"data": asked["data"]},
            )
        except typst.TypstError as error:
            return CANNOT_PRINT if NOT_IN_FONTS in str(error) else FAILED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
