"""Pages and forms for readers, over Starlette."""
