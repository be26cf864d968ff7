"""`python -m duizhao.cli`: the same as the command `duizhao`."""

from duizhao.cli import main

main()
