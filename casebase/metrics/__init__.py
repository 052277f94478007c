"""What an operator's Prometheus reads at `/metrics`: how requests went, and how the site stands.

Off without `CASEBASE_METRICS_TOKEN`. Decided in `docs/adr/0034-operations.md`.
"""
