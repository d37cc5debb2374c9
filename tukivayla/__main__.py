from tukivayla.cli import main

main()
