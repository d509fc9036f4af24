"""The REST face: the REST framework lives here and nowhere else."""
