"""Speed and memory of the assistant beside the LangChain tutorial's RAG, in the same run."""
