"""The signups on the local disk: all SQL, from the first insert to what a damaged file holds."""
