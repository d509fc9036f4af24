"""What a force's extract says of victims: identity, agreed contact, the last contact, the support service."""
