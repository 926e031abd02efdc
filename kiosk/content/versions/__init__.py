"""Which content is shown: kept, compared, held; every consent that was ever asked for."""
