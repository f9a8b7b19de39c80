"""Pure functions from answers to text, JSON and cards."""
