"""The bank's formats, ISO 20022: payment files out (pain.001), answers in (pain.002, camt.054)."""
