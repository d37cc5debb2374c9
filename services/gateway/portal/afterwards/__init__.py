"""Pages of what follows a decision, for the company and for officials."""
