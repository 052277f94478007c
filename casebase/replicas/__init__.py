"""Readers who are nobody in particular are served from replicas, within a bounded lag.

Without REPLICA_DATABASE_URL none of it is set up.
"""
