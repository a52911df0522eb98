"""The live door: Socket.IO."""
