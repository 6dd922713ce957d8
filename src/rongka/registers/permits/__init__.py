"""From the employer's application to the admission: application, notice, visa, entry; or legacy permit and switch."""
