"""What Dateline knows of people and machines: settings, commands, the REPL, rendering."""
