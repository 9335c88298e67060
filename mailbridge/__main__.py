"""Start the command line; it stands above the entrances."""


def main() -> None:
    """Run the command that was asked for."""
    from mailbridge.cli.app import app

    app()


if __name__ == "__main__":
    main()
