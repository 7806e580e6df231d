export { removeBundle as default } from './bundle';
