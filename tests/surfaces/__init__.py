"""What users meet: command line, page, report, workbook, pictures, files, documentation."""
