"""How the model is made, from labelled text to ONNX files. Needs PyTorch; the package does not."""
