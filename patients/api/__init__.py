"""Cases over REST. Everything read here comes from the case document."""
