"""From chapters to documents: run, model, page, PDF, manifest. It sees blocks only, never topics or data frames."""
