"""Looking for viruses: a client of clamd, the daemon of ClamAV."""
