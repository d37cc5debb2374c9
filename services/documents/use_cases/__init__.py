"""What people and the house ask of this room, one function a use case."""
