"""Every sentence a person reads, one file per noun: pure functions from records to Simplified Chinese."""
