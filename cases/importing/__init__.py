"""Writing a force's extract into its cases: case by case, each whole or not at all. Reading is cases/extract."""
