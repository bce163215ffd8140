"""What browsers load: fonts, icons, styles, scripts and the page templates."""
