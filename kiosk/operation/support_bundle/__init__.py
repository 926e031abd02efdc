"""What an engineer needs to help from afar, in one file, without signups, keys or PIN."""
