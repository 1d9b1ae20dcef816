"""The process: settings, wiring, inbox intake, clock ticks, outbox sender, web, command line."""
