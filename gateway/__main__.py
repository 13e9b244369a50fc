"""`python -m gateway`: the command `inkasso` where no script is installed."""

from gateway.command_line import main

if __name__ == "__main__":
    main()
