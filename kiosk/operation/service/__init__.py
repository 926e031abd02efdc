"""The kiosk as a service of its own machine: `kiosk service`."""
