"""The pages that a server answers with: the archive, sign-up and leaving."""
