"""`python -m digest` and the command `digest`."""

from digest.cli.main import main

if __name__ == "__main__":
    main()
