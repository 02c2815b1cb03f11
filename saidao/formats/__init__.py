"""The field's formats, in and out, chosen by the suffix of a file: `import_case`, `export_case`."""

from .exchange import FORMATS, export_case, format_of, import_case
from .format import Format

__all__ = ["FORMATS", "Format", "export_case", "format_of", "import_case"]
