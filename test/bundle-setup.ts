export { bundle as default } from './bundle';
