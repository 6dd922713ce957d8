"""What all pages share: banner, header, navigation, footer, error pages."""
