// Rapporteur-train rebuilds the weights of Rapporteur from a data folder.
// It is not part of the product.
package main

func main() {}
