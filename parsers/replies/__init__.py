"""What people write back in their own words."""
