"""What content is made of: field types, and the blocks that several kinds of place share. No Qt."""
