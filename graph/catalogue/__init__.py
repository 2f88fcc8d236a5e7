"""What is known before anything is read: families, names, licences, and the model's words."""
