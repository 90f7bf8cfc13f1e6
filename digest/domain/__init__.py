"""The words of the project (docs/glossary.md) as frozen data."""
