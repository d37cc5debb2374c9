"""Pages of letters: the company's and the officials', and the check that anybody makes."""
