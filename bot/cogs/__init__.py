"""What people can do with the bot, by theme. Each module has ``add(bot)``, which registers its commands and buttons."""
