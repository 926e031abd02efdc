"""The kiosk drawn without a screen: snapshots, proofs, measuring of texts."""
