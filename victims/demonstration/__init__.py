"""What the demonstration shows of victims: invented from end to end, made by the services that the screens use."""
