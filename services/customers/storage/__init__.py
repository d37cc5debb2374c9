"""The registers of customers in PostgreSQL, one module a subject; `CustomersWork` has them all."""

from services.customers.storage.core import CustomersWork

__all__ = ["CustomersWork"]
