"""Stand-ins for the registers outside: small servers on the loopback that answer as the real ones do, of invented
companies and people. `make run` starts them and uses them unless a real address is set."""
